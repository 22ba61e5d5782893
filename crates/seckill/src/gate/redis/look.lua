-- look: what the gate holds at one instant; for marks, sweeps and audits.
-- KEYS  1 m  2… any of s u t w     ARGV  epoch
-- reply {0, one entry a key}       s: the integer as text    u, t, w: field, value, … with the field '0'
--       {8, m.epoch or 0}          fenced: other epoch, or Redis restarted, or something is gone or garbled
local m, at, whole = state(KEYS[1])
if m[1] ~= ARGV[1] or not whole or m[2] ~= life() then return {8, at} end
local out = {0}
for i = 2, #KEYS do
  if string.sub(KEYS[i], -1) == 's' then
    local left = look('GET', KEYS[i])
    out[i] = int(left) and left
  elseif there(KEYS[i]) then out[i] = call('HGETALL', KEYS[i]) end
  if not out[i] then return {8, at} end
end
return out
