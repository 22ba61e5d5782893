-- load: a part of an epoch that is not open yet. It lives for an hour after its last part.
-- KEYS  1 m  2 s  3 u  4 t  5 w  (2–5 of the epoch that is loaded)
-- ARGV  epoch, 's', units left                      begins u, t and w with their field '0'
--       epoch, 'u', user, units, …                  at most 2,000 pairs a call: unpack has a limit
--       epoch, 't', ticket, value, …
-- reply 1 loaded      0 this epoch or a newer one is open: a loader that slept, nothing is done
local _, at = state(KEYS[1])
if at >= tonumber(ARGV[1]) then return 0 end
if ARGV[2] == 's' then
  call('SET', KEYS[2], ARGV[3])
  for i = 3, 5 do
    if call('TYPE', KEYS[i]).ok ~= 'hash' then call('DEL', KEYS[i]) end
    call('HSET', KEYS[i], '0', '0')
  end
elseif ARGV[2] == 'u' then call('HSET', KEYS[3], unpack(ARGV, 3))
else call('HSET', KEYS[4], unpack(ARGV, 3)) end
for i = 2, 5 do call('EXPIRE', KEYS[i], 3600) end
return 1
