package io.elpis.index.overview;

/**
 * What the platform calls itself.
 *
 * @param clusterUuid the log's: the one thing that all data of a platform hangs on
 */
record Platform(String clusterName, String clusterUuid, String instance) {
    /** The release of OpenSearch whose core API this is; clients choose their dialect by it. */
    static final String VERSION = "3.1.0";

    static final String LUCENE_VERSION = "10.6.0";
}
