/** A world of ports whose parts a test may exchange while it plays. */
export type Settable<World> = { -readonly [Part in keyof World]: World[Part] };
