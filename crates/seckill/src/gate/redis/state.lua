-- state: stands before every script. Half a state is a lost state: where a field of m is missing or is not what flip
-- wrote, or a key has another type, a script answers as after a loss, and the gate is loaded anew.
local call, look = redis.call, redis.pcall                    -- look: to read; another type has no fields and no text
local function int(v)                                         -- nil for what is no count of ours
  return type(v) == 'string' and #v <= 19 and string.find(v, '^%d+$') and tonumber(v) or nil
end
local function there(key) return look('HEXISTS', key, '0') == 1 end
local function state(key)                                     -- the fields, m.epoch or 0, whether all are there
  local m = look('HMGET', key, 'epoch', 'rid', 'state', 'start', 'end', 'limit', 'gen')
  local at = int(m[1])
  if not at or at >= 1e15 then return m, 0, false end
  local life = m[2] and string.find(m[2], '^%x+$')
  return m, at, life and (m[3] == '0' or m[3] == '1') and int(m[4]) and int(m[5]) and int(m[6]) and int(m[7])
end
local function life() return string.match(call('INFO', 'server'), 'run_id:(%x+)') end
