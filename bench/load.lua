-- Sends requests and says how many were answered. With FILO_BENCH_FORM every one is a form of its own person:
-- NUMBER in the form becomes a number that no other form has. FILO_BENCH_ADDRESSES names a file of addresses that are
-- asked in turn, one a line, each with the ETag that is known of it after a tab.
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

if os.getenv("FILO_BENCH_ADDRESSES") then
   local requests, sent = {}, 0
   for line in io.lines(os.getenv("FILO_BENCH_ADDRESSES")) do
      local path, etag = line:match("^([^\t]+)\t?(.*)$")
      requests[#requests + 1] = { path, etag ~= "" and { ["If-None-Match"] = etag } or nil }
   end
   request = function()
      sent = sent % #requests + 1
      return wrk.format("GET", requests[sent][1], requests[sent][2])
   end
end

function done(summary)
   local errors = summary.errors
   io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
      errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
