package io.elpis.torture.check;

/** Ways in which a store can break its promise. */
enum Defect {
    NONE,
    /** Some acknowledged writes never happen, as when a copy skips a record. */
    LOSES_WRITES,
    /** Some reads answer from the past, as when a copy answers that has not caught up. */
    READS_THE_PAST,
    /** Some writes happen after they were acknowledged, as when the answer does not wait for the log. */
    ANSWERS_EARLY,
    /** Some writes happen again later, as when a repeat is not told apart. */
    WRITES_TWICE,
    /** Some conditions are not looked at. */
    IGNORES_CONDITIONS,
    /** Some writes that were refused happen all the same. */
    REFUSES_IN_VAIN,
    /** Some changes do not raise the sequence number. */
    REPEATS_NUMBERS
}
