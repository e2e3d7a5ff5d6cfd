// Asks a security key what the form carries, and sends the form with its answer.  Without this
// file no key can be asked; the app, a recovery code or the password works then.
(() => {
  "use strict";
  const form = document.getElementById("sleutel");
  const failed = document.getElementById("sleutel-fout");
  if (!form || !failed || !window.PublicKeyCredential) return;
  document.getElementById("sleutel-zonder").hidden = true;
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const letters = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const known = (keys) => (keys || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const asked = () => {
    const question = JSON.parse(form.dataset.question);
    question.challenge = bytes(question.challenge);
    if (!question.user) {
      question.allowCredentials = known(question.allowCredentials);
      return navigator.credentials.get({ publicKey: question });
    }
    question.user.id = bytes(question.user.id);
    question.excludeCredentials = known(question.excludeCredentials);
    return navigator.credentials.create({ publicKey: question });
  };
  const told = (key) => {
    const response = {};
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"];
    for (const part of parts) {
      if (key.response[part]) response[part] = letters(key.response[part]);
    }
    return JSON.stringify({ id: key.id, rawId: letters(key.rawId), type: key.type, response });
  };
  form.addEventListener("submit", async (event) => {
    const name = form.elements.name;
    if (name && !name.value.trim()) return; // the server says what is missing
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.answer.value = told(await asked());
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
})();
