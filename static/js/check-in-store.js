// What a phone keeps: the list of people for one link, and notes that are not sent yet.
const NAME = "filo-check-in";
const STORES = ["lists", "queue", "troubles"];

let opened;
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("lists");
      request.result.createObjectStore("queue", { keyPath: "id" });
      request.result.createObjectStore("troubles", { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run(stores, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, mode, { durability: "strict" });
    const request = work(transaction);
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const readList = (link) => run(["lists"], "readonly", (all) => all.objectStore("lists").get(link));
export const writeList = (link, data) => run(["lists"], "readwrite", (all) => all.objectStore("lists").put(data, link));
export const eraseList = (link) => run(["lists"], "readwrite", (all) => all.objectStore("lists").delete(link));
export const addNote = (note) => run(["queue"], "readwrite", (all) => all.objectStore("queue").put(note));
const everything = (store) => run([store], "readonly", (all) => all.objectStore(store).getAll());
export const notesOf = async (link) => (await everything("queue")).filter((note) => note.link === link);
export const troublesOf = async (link) => (await everything("troubles")).filter((one) => one.link === link);

// A note leaves the queue in the same step in which its trouble is written down: neither is lost.
export const settle = (ids, troubles) => run(STORES, "readwrite", (all) => {
  for (const id of ids) all.objectStore("queue").delete(id);
  for (const one of troubles) all.objectStore("troubles").put(one);
});
export const forgetTroubles = (ids) => run(["troubles"], "readwrite", (all) => {
  for (const id of ids) all.objectStore("troubles").delete(id);
});
