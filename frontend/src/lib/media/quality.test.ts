import { describe, expect, test } from "vitest";
import { PictureGovernor } from "./bitrate";
import { levelOf } from "./level";
import { countersOf, judge, NO_COUNTERS, sampleBetween, type LineSample } from "./quality";
import { fingerprintOf, hasFingerprint } from "./sdp";

const good: LineSample = {
  connected: true,
  expected: true,
  received: 200,
  lossShare: 0,
  jitterS: 0.01,
  roundTripS: 0.05,
  outgoingBps: 2_000_000,
};

describe("a line", () => {
  test.each([
    ["good when everything arrives", {}, "good"],
    ["good when nothing is expected and nothing comes", { expected: false, received: 0 }, "good"],
    ["weak when one packet in ten is lost", { lossShare: 0.1 }, "weak"],
    ["weak when answers take half a second", { roundTripS: 0.5 }, "weak"],
    ["weak when packets come unevenly", { jitterS: 0.1 }, "weak"],
    ["weak when little can be sent", { outgoingBps: 90_000 }, "weak"],
    ["lost when nothing comes though the other sends", { received: 0 }, "lost"],
    ["lost when the connection is down", { connected: false }, "lost"],
  ])("is %s", (_name, change, quality) => {
    expect(judge({ ...good, ...change })).toBe(quality);
  });

  test("is sampled from the difference of two readings, the worse direction counting", () => {
    const before = { ...NO_COUNTERS, received: 100, lost: 10 };
    const after = { ...NO_COUNTERS, received: 190, lost: 20, lostThere: 0.02 };

    expect(sampleBetween(before, after, { connected: true, expected: true })).toEqual({
      connected: true,
      expected: true,
      received: 90,
      lossShare: 0.1,
      jitterS: 0,
      roundTripS: 0,
      outgoingBps: null,
    });
  });

  test("is read from the browser's report", () => {
    const report = [
      { type: "inbound-rtp", packetsReceived: 50, packetsLost: 2, jitter: 0.02, framesDecoded: 30 },
      { type: "inbound-rtp", packetsReceived: 70, packetsLost: 0, jitter: 0.01, totalAudioEnergy: 0.5 },
      { type: "remote-inbound-rtp", fractionLost: 0.25, roundTripTime: 0.1 },
      { type: "candidate-pair", nominated: true, state: "succeeded", availableOutgoingBitrate: 300_000 },
      { type: "codec" },
    ];

    expect(countersOf(report)).toEqual({
      received: 120,
      lost: 2,
      jitterS: 0.02,
      roundTripS: 0.1,
      lostThere: 0.25,
      outgoingBps: 300_000,
      framesDecoded: 30,
      audioEnergy: 0.5,
    });
  });
});

describe("the picture we send", () => {
  const sizes = (qualities: ("good" | "weak" | "lost")[]) => {
    const governor = new PictureGovernor();
    return qualities.map((quality) => governor.next(quality));
  };

  test("stays as it is through a single hiccup", () => {
    expect(sizes(["good", "weak", "good"])).toEqual(["full", "full", "full"]);
  });

  test("gives way to sound step by step on a bad line", () => {
    expect(sizes(["weak", "weak", "weak", "weak"])).toEqual(["full", "small", "small", "none"]);
  });

  test("comes back after ten good seconds", () => {
    expect(sizes(["weak", "weak", "good", "good", "good", "good", "good"]).at(-1)).toBe("full");
  });
});

test("silence shows no level and full voice shows all of it", () => {
  expect([levelOf(new Float32Array(64)), levelOf(new Float32Array(64).fill(1))]).toEqual([0, 1]);
});

test("a connection is known by its fingerprint, in whatever case it is written", () => {
  const sdp = "v=0\r\na=fingerprint:sha-256 AB:cd\r\nm=audio\r\n";

  expect(fingerprintOf(sdp)).toBe("SHA-256 AB:CD");
  expect(hasFingerprint("v=0\r\na=fingerprint:SHA-256 ab:CD\r\n", "SHA-256 AB:CD")).toBe(true);
  expect(hasFingerprint("v=0\r\na=fingerprint:SHA-256 EF:01\r\n", "SHA-256 AB:CD")).toBe(false);
  expect(fingerprintOf(undefined)).toBe(null);
});
