/* A security key as second step. The form carries what the server asks (data-options) and whether a key is
   made or used (data-security-key); the answer goes back in its field "credential". */

const form = document.querySelector("[data-security-key]");
const { publicKey } = JSON.parse(form.dataset.options);
const trouble = form.querySelector("[data-trouble]");

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function asked() {
  const known = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (publicKey.user) options.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  if (publicKey.excludeCredentials) options.excludeCredentials = known(publicKey.excludeCredentials);
  if (publicKey.allowCredentials) options.allowCredentials = known(publicKey.allowCredentials);
  return { publicKey: options };
}

function answer(credential) {
  const { response } = credential;
  const parts = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: parts,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  trouble.hidden = true;
  try {
    const credential = await navigator.credentials[form.dataset.securityKey](asked());
    form.elements.credential.value = answer(credential);
    form.submit();
  } catch {
    trouble.textContent = /^[\d.]+$/.test(location.hostname)
      ? "Een sleutel werkt niet op een adres van alleen cijfers. Open het portaal op zijn naam, zoals localhost, of gebruik een app."
      : "De sleutel is niet gebruikt. Steek hem in, kies de knop opnieuw en volg uw browser. Lukt het niet? Gebruik dan een andere tweede stap.";
    trouble.hidden = false;
  }
});
