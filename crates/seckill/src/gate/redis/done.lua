-- done: tickets of one batch are committed. Settles them and closes the batch when none is pending any more.
-- KEYS  1 m  2 t  3 w     ARGV  epoch, batch id, n, n tickets, n heads 'C:order'
--                               head '' = not known yet, leave it; the rest of the value is the intent's
-- reply {settled, closed}       repeats and tickets given back meanwhile are passed over; closed 1 or 0
--       {-1, m.epoch or 0}      other epoch, or something is gone: nothing to do, the rebuild reads the rows
local m, at, whole = state(KEYS[1])
if m[1] ~= ARGV[1] or not whole or not there(KEYS[2]) then return {-1, at} end
local n, k, open = tonumber(ARGV[3]), 0, false               -- open: some order is not known yet
local t, set = n > 0 and call('HMGET', KEYS[2], unpack(ARGV, 4, 3 + n)) or {}, {}
for i = 1, n do
  local intent = t[i] and string.match(t[i], '^P(|[^|]*|%d+|[^|]*)')
  if intent then
    local head = ARGV[3 + n + i]
    if head == '' then open = true
    else k = k + 1; set[2 * k - 1], set[2 * k] = ARGV[3 + i], head .. intent end
  end
end
if k > 0 then call('HSET', KEYS[2], unpack(set)) end
local batch = look('HGET', KEYS[3], ARGV[2])
if type(batch) ~= 'string' then return {k, 0} end
if open or batch ~= table.concat(ARGV, '', 4, 3 + n) then      -- part of it, or more: its own tickets decide
  local own = {}
  for i = 1, #batch, 16 do own[#own + 1] = string.sub(batch, i, i + 15) end
  for _, v in ipairs(own[1] and call('HMGET', KEYS[2], unpack(own)) or {}) do
    if v and string.byte(v) == 80 then return {k, 0} end       -- 80 = 'P', pending
  end
end
return {k, call('HDEL', KEYS[3], ARGV[2])}
