package io.elpis.launcher.record;

/**
 * A record that was read but not yet looked into, so that many threads can do that.
 *
 * @param origin file and position, for people
 * @param bytes how much of the input it took
 */
public record Draft(String origin, long bytes, Content content) {

    /** Makes the document. */
    public interface Content {
        LoadRecord make() throws BrokenRecord;
    }

    public static Draft broken(String origin, long bytes, String reason) {
        return new Draft(origin, bytes, () -> {
            throw new BrokenRecord(reason);
        });
    }
}
