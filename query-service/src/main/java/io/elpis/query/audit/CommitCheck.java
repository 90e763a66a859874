package io.elpis.query.audit;

import io.elpis.query.lucene.SystemField;
import io.elpis.query.replica.CopyStorage;
import io.elpis.query.replica.Digest;
import io.elpis.query.replica.DocumentReader;
import io.elpis.query.replica.HeldCommit;
import io.elpis.query.replica.StoredDocument;
import java.io.EOFException;
import java.io.IOException;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.StoredFieldsReader;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ChecksumIndexInput;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Checks one commit against itself: each file against its checksum first, then the documents against the digest that the
 * commit carries. For one thread; used once.
 */
final class CommitCheck {
    private static final int CHUNK = 64 << 10;

    private final HeldCommit commit;
    private final Pace pace;
    private final byte[] chunk = new byte[CHUNK];
    private long bytes;

    private Digest digest = Digest.EMPTY;
    private long documents;
    private long highestSeqNo = -1;

    CommitCheck(HeldCommit commit, Pace pace) {
        this.commit = commit;
        this.pace = pace;
    }

    /** @throws IOException when nothing can be said; the copy is as good or bad as before */
    Finding run() throws IOException {
        try {
            for (String file : commit.files()) {
                checkFile(file);
            }
            return checkDocuments();
        } catch (AlreadyClosedException ended) {
            throw ended;
        } catch (IOException | RuntimeException failure) {
            if (CopyStorage.isDamage(failure) || failure instanceof EOFException) {
                return new Finding.Damaged(failure.toString());
            }
            throw failure;
        }
    }

    /** All of Lucene's files end with a checksum of what is before it. */
    private void checkFile(String file) throws IOException {
        try (ChecksumIndexInput in = commit.directory().openChecksumInput(file)) {
            long left = in.length() - CodecUtil.footerLength();
            if (left < 0) {
                throw new CorruptIndexException("file of " + in.length() + " bytes", in);
            }
            while (left > 0) {
                int next = (int) Math.min(chunk.length, left);
                in.readBytes(chunk, 0, next);
                left -= next;
                passed(next);
            }
            var unused = CodecUtil.checkFooter(in);
        }
    }

    private Finding checkDocuments() throws IOException {
        try (DirectoryReader reader = commit.open()) {
            HeldCommit.Claim claim = HeldCommit.claim(reader);
            for (LeafReaderContext leaf : reader.leaves()) {
                add(leaf.reader());
            }
            if (documents != claim.documents() || !digest.equals(claim.digest())) {
                return new Finding.Damaged("the commit says that it has " + claim.documents() + " documents of digest "
                        + claim.digest() + ", but it has " + documents + " of digest " + digest);
            }
            if (highestSeqNo >= claim.nextSeqNo()) {
                return new Finding.Damaged("the commit says that sequence number " + claim.nextSeqNo()
                        + " is the next, but a document has " + highestSeqNo);
            }
            return new Finding.Sound(claim.nextOffset(), documents, bytes);
        }
    }

    private void add(LeafReader leaf) throws IOException {
        Columns columns = new Columns(leaf);
        // Made for reading one document after the other: blocks are decompressed once.
        StoredFieldsReader stored = ((CodecReader) leaf).getFieldsReader().getMergeInstance();
        Bits live = leaf.getLiveDocs();
        for (int doc = 0; doc < leaf.maxDoc(); doc++) {
            if (live == null || live.get(doc)) {
                long seqNo = columns.number(columns.seqNos, doc, SystemField.SEQ_NO);
                highestSeqNo = Math.max(highestSeqNo, seqNo);
                if (columns.tombstones == null || !columns.tombstones.advanceExact(doc)) {
                    add(columns, doc, seqNo, DocumentReader.read(stored, doc, leaf, doc, false));
                }
            }
        }
    }

    private void add(Columns columns, int doc, long seqNo, StoredDocument document) throws IOException {
        BytesRef source = document.source();
        BinaryDocValues ids = columns.ids;
        if (source == null || ids == null || !ids.advanceExact(doc)) {
            throw new CorruptIndexException("document " + doc + " without source or id", columns.leaf);
        }
        passed(source.length);
        long content = Digest.content(source, document.routing());
        if (content != columns.number(columns.contents, doc, SystemField.CONTENT)) {
            throw new CorruptIndexException("document " + doc + " with another source than was stored", columns.leaf);
        }
        documents++;
        digest = digest.plus(Digest.of(
                ids.binaryValue(),
                seqNo,
                columns.number(columns.versions, doc, SystemField.VERSION),
                columns.number(columns.primaryTerms, doc, SystemField.PRIMARY_TERM),
                content));
    }

    private void passed(long more) throws IOException {
        bytes += more;
        pace.passed(more);
    }

    /** Read forwards only. */
    private static final class Columns {
        final String leaf;
        final @Nullable BinaryDocValues ids;
        final @Nullable NumericDocValues seqNos;
        final @Nullable NumericDocValues versions;
        final @Nullable NumericDocValues primaryTerms;
        final @Nullable NumericDocValues contents;
        final @Nullable NumericDocValues tombstones;

        Columns(LeafReader leaf) throws IOException {
            this.leaf = leaf.toString();
            this.ids = leaf.getBinaryDocValues(SystemField.ID);
            this.seqNos = leaf.getNumericDocValues(SystemField.SEQ_NO);
            this.versions = leaf.getNumericDocValues(SystemField.VERSION);
            this.primaryTerms = leaf.getNumericDocValues(SystemField.PRIMARY_TERM);
            this.contents = leaf.getNumericDocValues(SystemField.CONTENT);
            this.tombstones = leaf.getNumericDocValues(SystemField.TOMBSTONE);
        }

        long number(@Nullable NumericDocValues column, int doc, String name) throws IOException {
            if (column == null || !column.advanceExact(doc)) {
                throw new CorruptIndexException("document " + doc + " without " + name, leaf);
            }
            return column.longValue();
        }
    }
}
