-- Sends requests and says how many were answered. With FILO_BENCH_FORM every one is a form of its own person:
-- %d in the form becomes a number that no other form has.
local threads, form = 0, os.getenv("FILO_BENCH_FORM")

function setup(thread)
   threads = threads + 1
   thread:set("id", threads)
end

if form then
   local sent, cookie = 0, os.getenv("FILO_BENCH_COOKIE")
   request = function()
      sent = sent + 1
      local headers = { ["Content-Type"] = "application/x-www-form-urlencoded", ["Cookie"] = cookie }
      local number = string.format("%d%09d", id, sent)
      return wrk.format("POST", nil, headers, (form:gsub("NUMBER", number)))
   end
end

function done(summary)
   local errors = summary.errors
   io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
      errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
