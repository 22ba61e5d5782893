-- loaded: how far the load of an epoch has come.
-- KEYS  1 m  2 s  3 u  4 t  (2–4 of the epoch that is loaded)
-- reply fields of u and t together, or -1 when not even s is there: nobody has begun
if not int(look('GET', KEYS[2])) then return -1 end
local u, t = look('HLEN', KEYS[3]), look('HLEN', KEYS[4])
return (tonumber(u) or 0) + (tonumber(t) or 0)
