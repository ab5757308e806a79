"""Several rooms under one code: a class, a training day, the ground on which tournaments stand."""
