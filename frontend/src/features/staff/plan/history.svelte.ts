/** What has been done to a plan, each act with its way back and its way forth again. */
import { t } from "../../../lib/i18n.svelte";
import { toast } from "../../../lib/toast.svelte";

/** Both ways say whether they went through; a refusal has then been told already. */
export type Act = { text: string; undo: () => Promise<boolean>; redo: () => Promise<boolean> };

const KEPT = 100;

export class History {
  private done = $state.raw<readonly Act[]>([]);
  private undone = $state.raw<readonly Act[]>([]);
  private line: Promise<void> = Promise.resolve();

  get last(): Act | undefined {
    return this.done.at(-1);
  }

  get next(): Act | undefined {
    return this.undone.at(-1);
  }

  /** Keeps what was just done, and tells of it with a way back. */
  add(act: Act): void {
    this.done = [...this.done.slice(1 - KEPT), act];
    this.undone = [];
    toast(act.text, { undo: () => void this.undo(act) });
  }

  /** Takes back the last act, or one that is told of still. */
  undo(wanted?: Act): Promise<void> {
    return this.inLine(async () => {
      const act = wanted ?? this.last;
      if (!act || !this.done.includes(act)) return;
      this.done = this.done.filter((one) => one !== act);
      if (await act.undo()) {
        this.undone = [...this.undone, act];
        toast(t("plan.undone", { text: act.text }));
      }
    });
  }

  redo(): Promise<void> {
    return this.inLine(async () => {
      const act = this.next;
      if (!act) return;
      this.undone = this.undone.filter((one) => one !== act);
      if (!(await act.redo())) return;
      this.done = [...this.done, act];
      toast(act.text, { undo: () => void this.undo(act) });
    });
  }

  /** One at a time: what is asked for meanwhile waits for its turn, so that no key press is lost. */
  private inLine(step: () => Promise<void>): Promise<void> {
    this.line = this.line.then(step, step);
    return this.line;
  }
}

/** Whether a key press asks for the way back or forth; what is written in a field has its own. */
export function asksFor({ key, ctrlKey, metaKey, shiftKey, target }: KeyboardEvent): "undo" | "redo" | undefined {
  if (!(ctrlKey || metaKey)) return undefined;
  if (target instanceof HTMLElement && target.matches("input:not([type=range], [type=checkbox], [type=radio]), textarea")) return undefined;
  if (key.toLowerCase() === "y") return "redo";
  if (key.toLowerCase() === "z") return shiftKey ? "redo" : "undo";
  return undefined;
}
