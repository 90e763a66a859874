package io.elpis.protocol.letter;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names a dead letter by where its record is. */
public record DeadLetterId(ShardId shard, long generation, long offset) {
    public static final String TOPIC = "elpis.dead-letters";

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]{22})\\.([0-9]{1,9})\\.([0-9]{1,18})\\.([0-9]{1,18})");
    private static final String ACKNOWLEDGED = "/acknowledged";
    private static final int LONGEST_SHOWN = 100;

    public static DeadLetterId of(DeadLetter letter) {
        return new DeadLetterId(
                new ShardId(IndexUuid.ofBytes(letter.getIndexUuid().toByteArray()), letter.getShard()),
                letter.getPosition().getGeneration(),
                letter.getPosition().getOffset());
    }

    /** @throws ElpisException ILLEGAL_ARGUMENT when the text is no such name */
    public static DeadLetterId parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw malformed(text);
        }
        try {
            return new DeadLetterId(
                    new ShardId(IndexUuid.ofText(parts.group(1)), Integer.parseInt(parts.group(2))),
                    Long.parseLong(parts.group(3)),
                    Long.parseLong(parts.group(4)));
        } catch (IllegalArgumentException e) {
            throw malformed(text);
        }
    }

    /** Key of the letter itself. */
    public String text() {
        return shard.index().text() + "." + shard.shard() + "." + generation + "." + offset;
    }

    public String acknowledgementKey() {
        return text() + ACKNOWLEDGED;
    }

    public static boolean isAcknowledgement(String key) {
        return key.endsWith(ACKNOWLEDGED);
    }

    /** The letter that a key of the topic is about. */
    public static DeadLetterId ofKey(String key) {
        return parse(isAcknowledgement(key) ? key.substring(0, key.length() - ACKNOWLEDGED.length()) : key);
    }

    private static ElpisException malformed(String text) {
        String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT,
                "dead letter [" + shown + "] is not named <index uuid>.<shard>.<generation>.<offset>");
    }
}
