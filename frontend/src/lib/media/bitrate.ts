/** Sound first: what of the picture is sent, by how the line has been for a while. */
import type { Quality } from "./quality";

export type PictureSize = "full" | "small" | "none";

const WORSE_AFTER = 2;
const BETTER_AFTER = 5;
const SMALL_BPS = 150_000;
const FULL_BPS = 1_500_000;

/**
 * Decides the size of the picture from one judgement after another.
 *
 * Two bad ones in a row take a step down, five good ones a step up, so that a single hiccup changes nothing.
 */
export class PictureGovernor {
  size: PictureSize = "full";
  private bad = 0;
  private good = 0;

  next(quality: Quality): PictureSize {
    if (quality === "good") {
      this.bad = 0;
      this.good += 1;
      if (this.good >= BETTER_AFTER) this.step("better");
    } else {
      this.good = 0;
      this.bad += 1;
      if (this.bad >= WORSE_AFTER) this.step("worse");
    }
    return this.size;
  }

  private step(direction: "better" | "worse"): void {
    this.good = 0;
    this.bad = 0;
    const order: PictureSize[] = ["none", "small", "full"];
    const at = order.indexOf(this.size) + (direction === "better" ? 1 : -1);
    this.size = order[Math.min(2, Math.max(0, at))] ?? this.size;
  }
}

/** Tell the browser's sender; a sender that cannot be told is left as it is. */
export async function sendPicture(sender: RTCRtpSender | undefined, size: PictureSize): Promise<void> {
  if (!sender) return;
  const parameters = sender.getParameters();
  const [encoding] = parameters.encodings ?? [];
  if (!encoding) return;
  encoding.active = size !== "none";
  encoding.maxBitrate = size === "full" ? FULL_BPS : SMALL_BPS;
  encoding.scaleResolutionDownBy = size === "full" ? 1 : 3;
  try {
    await sender.setParameters(parameters);
  } catch {
    // In the middle of a negotiation; the next judgement tries again.
  }
}
