package io.elpis.index.overview;

/**
 * What the platform calls itself.
 *
 * @param clusterUuid the log's: the one thing that all data of a platform hangs on
 * @param commit what this service was built from
 * @param built when: the commit's time, so that a build can be repeated byte by byte
 */
record Platform(String clusterName, String clusterUuid, String instance, String commit, String built) {
    /** The release of OpenSearch whose core API this is; clients choose their dialect by it. */
    static final String VERSION = "3.1.0";

    static final String LUCENE_VERSION = "10.6.0";
}
