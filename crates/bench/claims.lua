-- Claims for wrk, each with the token of the next user: every thread takes a part
-- of the file of its own, line by line.
--
--   wrk … -s claims.lua URL -- TOKENS THREADS PATH [again]
--
-- When its part is used up a thread stops, or with `again` begins anew. Without
-- arguments it asks as wrk does by itself. Prints one line at the end: requests,
-- those that were not 2xx, seconds, p50 and p99 in us.
local threads = 0
function setup(thread)
  thread:set("part", threads)
  threads = threads + 1
end

local file, upto, at, from, again, head, tail
local function rewind()
  file:seek("set", from)
  at = from
end

local function claim()
  if at >= upto then
    if not again then
      wrk.thread:stop()
      return "GET /api/v1/ping HTTP/1.1\r\nHost: localhost\r\n\r\n"
    end
    rewind()
  end
  local token = file:read()
  at = at + #token + 1
  return head .. token .. tail
end

function init(arguments)
  if #arguments == 0 then return end
  request = claim
  file = assert(io.open(arguments[1]))
  local size, parts = file:seek("end"), tonumber(arguments[2])
  from, upto = math.floor(size * part / parts), math.floor(size * (part + 1) / parts)
  if part > 0 then
    file:seek("set", from)
    from = from + #file:read() + 1
  end
  rewind()
  again = arguments[4] == "again"
  head = "POST " .. arguments[3] .. " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nAuthorization: Bearer "
  tail = "\r\n\r\n{}"
end

function done(summary, latency)
  io.write(string.format("claims %d %d %.6f %d %d\n", summary.requests, summary.errors.status,
    summary.duration / 1e6, latency:percentile(50), latency:percentile(99)))
end
