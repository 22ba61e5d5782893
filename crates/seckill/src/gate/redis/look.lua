-- look: what the gate holds at one instant; for marks, sweeps and audits.
-- KEYS  1 m  2… any of s u t w     ARGV  epoch
-- reply {0, one entry a key}       s: the integer as text    u, t, w: field, value, … with the field '0'
--       {8, m.epoch or 0}          fenced: other epoch, or Redis restarted, or a key is gone
local call = redis.call
local m = call('HMGET', KEYS[1], 'epoch', 'rid')
local fenced = {8, tonumber(m[1] or 0)}
if m[1] ~= ARGV[1] or not m[2]
   or not string.find(call('INFO', 'server'), 'run_id:' .. m[2], 1, true) then return fenced end
local out = {0}
for i = 2, #KEYS do
  if string.sub(KEYS[i], -1) == 's' then out[i] = call('GET', KEYS[i])
  elseif call('HEXISTS', KEYS[i], '0') == 1 then out[i] = call('HGETALL', KEYS[i]) end
  if not out[i] then return fenced end
end
return out
