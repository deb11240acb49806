/* Passkeys need JavaScript; allauth's own scripts talk to the device, this one shows and says. */
"use strict";

for (const part of document.querySelectorAll(window.PublicKeyCredential ? "[data-passkey]" : "[data-no-passkey]")) {
  part.hidden = false;
}

// The device was not there, or its owner stopped: said beside the button, not on the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const problem of document.querySelectorAll("[data-passkey-problem]")) problem.hidden = false;
});

for (const part of document.querySelectorAll("[data-show-password]")) {
  const typed = document.getElementById(part.dataset.showPassword);
  part.hidden = false;
  part.querySelector("input").addEventListener("change", (event) => {
    typed.type = event.target.checked ? "text" : "password";
  });
}
