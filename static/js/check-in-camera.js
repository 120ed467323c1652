// Reads codes with the camera: by the browser itself where it can, else by a decoder of our own.
const EVERY = 120; // milliseconds between two looks
const SIZE = 480; // pixels; more only takes longer

export async function openCamera(video, root, found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  await video.play();
  const look = await browserReader() ?? ownReader(root);
  let goesOn = true;
  (async () => {
    while (goesOn) {
      const text = video.readyState >= 2 ? await look(video).catch(() => "") : "";
      if (text && goesOn) found(text);
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  })();
  return () => {
    goesOn = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}

async function browserReader() {
  if (!("BarcodeDetector" in window)) return null;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
}

function ownReader({ reader, decoder }) {
  const worker = new Worker(reader);
  worker.postMessage({ decoder });
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return (video) => new Promise((resolve) => {
    const scale = Math.min(1, SIZE / Math.min(video.videoWidth, video.videoHeight));
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ image: context.getImageData(0, 0, canvas.width, canvas.height) });
  });
}
