// Reads square codes where the browser cannot: in a thread of its own, so that the page stays quick.
self.addEventListener("message", ({ data }) => {
  if (data.decoder) {
    self.importScripts(data.decoder);
    return;
  }
  const { image } = data;
  const found = self.jsQR(image.data, image.width, image.height, { inversionAttempts: "dontInvert" });
  self.postMessage(found ? found.data : "");
});
