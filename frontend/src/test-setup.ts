import { afterEach } from "vitest";

// jsdom has no dialogs and no media queries of its own.
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};

afterEach(() => {
  document.body.innerHTML = "";
});
