package io.elpis.model.schema;

/**
 * An index as the catalog knows it.
 *
 * @param version grows with every change of this index
 */
public record IndexMetadata(
        IndexName name, IndexUuid uuid, long creationMillis, IndexSettings settings, Mapping mapping, long version) {

    public ShardId shard(int number) {
        if (number >= settings.numberOfShards()) {
            throw new IllegalArgumentException(name + " has " + settings.numberOfShards() + " shards, no " + number);
        }
        return new ShardId(uuid, number);
    }
}
