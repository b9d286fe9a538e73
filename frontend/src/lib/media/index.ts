/** Pictures and sound of a meeting. */
export { chime, type Chime } from "./chime";
export { openLocalMedia, type LocalMedia, type Trouble } from "./capture";
export { listDevices, rememberedChoice, rememberChoice, useSpeaker, watchDevices } from "./devices";
export type { Device, DeviceChoice, Devices } from "./devices";
export { watchLevel } from "./level";
export { LocalDevices, type LocalState } from "./local";
export type { Quality } from "./quality";
export { openRoom, RoomConnection, type RoomInfo, type RoomPhase, type RoomState } from "./room";
