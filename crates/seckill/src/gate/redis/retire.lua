-- retire: the keys of an epoch that is past live for another hour, for whoever still asks at it.
-- KEYS  any
for i = 1, #KEYS do redis.call('EXPIRE', KEYS[i], 3600) end
