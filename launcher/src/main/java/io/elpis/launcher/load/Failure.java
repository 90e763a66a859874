package io.elpis.launcher.load;

/**
 * Why a record did not get in.
 *
 * @param origin file and position
 * @param kind what failures are counted by, together with the shape of the reason
 * @param reason the whole of it
 */
record Failure(String origin, String kind, String reason) {}
