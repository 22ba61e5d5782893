-- take: one call for n claims of one sale. All five keys share a hash tag, so they share a slot.
-- KEYS  1 m  sk:{42}:m      epoch rid state start end limit gen        (the only key without an epoch)
--       2 s  sk:{42}:7:s    integer, units left
--       3 u  sk:{42}:7:u    user -> active units      one field for everybody who has a ticket, even at 0
--       4 t  sk:{42}:7:t    ticket -> 'P|user|qty|fp|address|version' pending (this is the whole intent;
--                                     '|method' behind it when a delivery method was asked for)
--                                     'C:order|user|qty|fp' committed, 'R:reason|…' refused, 'X:reason|…' released
--       5 w  sk:{42}:7:w    batch -> its admitted tickets, 16 bytes each; stays until none of them is pending
--       u, t, w hold a field '0' from the rebuild on: without it the key was evicted or flushed.
-- ARGV  epoch, batch id, n, n tickets, n users, n quantities, n intents   (columns, so that unpack reads them)
--       Whoever lost a reply sends the same claims under a new batch id. A driver that sends a call
--       twice keeps the id: the second run finds the tickets of the first one, and adds to its batch.
--       quantity 0 asks only: it changes nothing.
-- reply {8, m.epoch or 0}                        fenced, two entries whatever n is: the caller's epoch is not
--                                                the gate's, or Redis restarted, or something is gone or garbled
--       {0, now_ms, gen, left, c1 … cn}          ci string : the ticket exists, this is its value
--                                                ci integer: 0 admitted 1 not started 2 ended 3 sold out
--                                                            4 limit 7 paused
local m, at, whole = state(KEYS[1])
if m[1] ~= ARGV[1] or not whole or m[2] ~= life() then return {8, at} end

local n = tonumber(ARGV[3])
local T, U, Q, I = 3, 3 + n, 3 + 2 * n, 3 + 3 * n             -- the columns start after these
local t = look('HMGET', KEYS[4], '0', unpack(ARGV, T + 1, T + n))
local u = look('HMGET', KEYS[3], '0', unpack(ARGV, U + 1, U + n))
local w = look('HMGET', KEYS[5], '0', ARGV[2])
local left = int(look('GET', KEYS[2]))
if not (left and t[1] and u[1] and w[1]) then return {8, at} end

local clock = call('TIME')                                    -- the sale's one clock
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local shut = nil
if m[3] ~= '1' then shut = 7
elseif now < tonumber(m[4]) then shut = 1
elseif now >= tonumber(m[5]) then shut = 2 end

local limit, before = tonumber(m[6]), left
local seen, units, ids, hold, count, k = {}, {}, {}, {}, {}, 0   -- seen, units: repeats inside this batch
local out = {0, now, tonumber(m[7]), 0}
for i = 1, n do
  local ticket = ARGV[T + i]
  local c = t[i + 1] or seen[ticket]                              -- an existing ticket beats time, limit and stock
  if not c then
    if shut then c = shut
    else
      local user, qty = ARGV[U + i], ARGV[Q + i]
      local q, have = tonumber(qty), units[user] or int(u[i + 1] or '0')
      if not have then return {8, at} end                     -- nothing has been written yet
      if have + q > limit then c = 4                          -- limit before stock: a winner hears of his order
      elseif q > left then c = 3
      else
        c = 0
        if q > 0 then
          left = left - q
          units[user], seen[ticket] = have + q, ARGV[I + i]
          k = k + 1
          ids[k] = ticket
          hold[2 * k - 1], hold[2 * k] = ticket, ARGV[I + i]
          count[2 * k - 1], count[2 * k] = user, have == 0 and qty or have + q
        end
      end
    end
  end
  out[i + 4] = c
end
out[4] = left
if k > 0 then                                                 -- deduct, count, intent: together or not at all
  call('DECRBY', KEYS[2], before - left)
  call('HSET', KEYS[3], unpack(count))
  call('HSET', KEYS[4], unpack(hold))
  call('HSET', KEYS[5], ARGV[2], (w[2] or '') .. table.concat(ids))
end
return out
