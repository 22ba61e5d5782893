-- time: the clock of the server that owns the sale's slot, by which take judges the window.
-- KEYS  1 m      reply now_ms
local clock = redis.call('TIME')
return clock[1] * 1000 + math.floor(clock[2] / 1000)
