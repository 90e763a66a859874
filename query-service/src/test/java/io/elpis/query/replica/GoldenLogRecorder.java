package io.elpis.query.replica;

import static io.elpis.query.replica.TestLog.doc;
import static io.elpis.query.replica.TestLog.upsert;

import com.google.protobuf.ByteString;
import io.elpis.model.document.DocumentParser;
import io.elpis.model.schema.AnalysisSettings;
import io.elpis.model.schema.AnalysisSettingsParser;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.DeleteAction;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.DocumentWire;
import io.elpis.protocol.record.ExternalVersion;
import io.elpis.protocol.record.Field;
import io.elpis.protocol.record.IdempotentOp;
import io.elpis.protocol.record.IndexAction;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.MappingVersion;
import io.elpis.protocol.record.MappingWire;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.OutcomeReach;
import io.elpis.protocol.record.SeqNoCondition;
import io.elpis.protocol.record.UpdateAction;
import io.elpis.protocol.record.WriterOp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/**
 * Records the log of {@link GoldenLogTest} as today's writers write it, and its account. No part of a build: for a new
 * version of the apply logic, change what is recorded here and run it once, with
 * {@code -Dtest=GoldenLogRecorder -Delpis.golden=NAME}. It overwrites nothing.
 */
final class GoldenLogRecorder {
    private static final Mapping MAPPING = mapping(1, """
            {"properties":{
              "title":{"type":"text"},
              "tag":{"type":"keyword"},
              "note":{"type":"text","analyzer":"plain","fields":{"raw":{"type":"keyword"}}},
              "size":{"type":"long"},
              "price":{"type":"double"},
              "at":{"type":"date"},
              "ok":{"type":"boolean"}}}""");

    /** As a document with a new field extends it. */
    private static final Mapping WITH_COLOR = DocumentParser.parse(
                    MAPPING, "", "{\"meta\":{\"color\":\"red\"}}".getBytes(StandardCharsets.UTF_8))
            .mapping()
            .withVersion(2);

    private static final AnalysisSettings ANALYSIS = AnalysisSettingsParser.parse(
            "{\"analyzer\":{\"plain\":{\"type\":\"custom\",\"tokenizer\":\"whitespace\",\"filter\":[\"lowercase\"]}}}"
                    .getBytes(StandardCharsets.UTF_8));

    private final TestLog log = new TestLog();
    private long counter;

    @Test
    void recordOnce() throws IOException {
        String name = System.getProperty("elpis.golden", "");
        if (name.isEmpty()) {
            throw new IllegalStateException("a name is needed: -Delpis.golden=NAME");
        }
        beforeAnyMapping();
        wholeDocuments();
        conditions();
        externalVersions();
        poison();
        partialUpdates();
        repeats();
        droppedTombstones();
        outOfReach();
        Files.writeString(GoldenLog.log(name), GoldenLog.write(log.entries()), StandardOpenOption.CREATE_NEW);
        Files.writeString(
                GoldenLog.account(name), GoldenAccount.of(GoldenLog.read(name)), StandardOpenOption.CREATE_NEW);
    }

    private void beforeAnyMapping() {
        log.mark().barrier("early").delete("nothing");
        write(DocumentOperation.newBuilder()
                .setId("bare")
                .setIndex(IndexAction.newBuilder().setSource(bytes("{}"))));
        log.withMapping(1).index("early", "too early");
        log.add(LogRecord.newBuilder().setMapping(MappingWire.write(MAPPING, ANALYSIS)));
    }

    private void wholeDocuments() {
        log.index("a", "first")
                .index("a", "second")
                .routed("r", "routed", "blue")
                .routed("r", "again", "");
        document("all", """
                {"title":"Ein schöner \\"Tag\\"","tag":["x","y","x"],"note":"Some Note","size":-9223372036854775808,
                 "price":[1.5,-0.0,1e300],"at":"2024-02-29T12:00:00.123Z","ok":[true,"false",null]}""");
        document("numbers", "{\"size\":\"42\",\"price\":7,\"at\":1700000000000,\"tag\":12.50,\"title\":true}");
        packed("packed", "{\"title\":\"as writers send it\",\"size\":3}");
        document("💡 ünï/code", "{ \"tag\" : \"\\ud83d\\udca1\" }");
        log.index("x".repeat(512), "longest id");
        log.delete("a").delete("a").delete("never").index("a", "born again");
        log.mark();
    }

    private void conditions() {
        log.create("c", "new").create("c", "twice").delete("c").create("c", "after its tombstone");
        log.indexIf(
                "c", "absent is false", Condition.newBuilder().setAbsent(false).build());
        log.index("s", "one");
        long seqNo = appliedSeqNo();
        log.indexIf("s", "wrong term", seqNo(seqNo, 2))
                .indexIf("s", "wrong number", seqNo(seqNo + 1, 1))
                .indexIf("none", "no document", seqNo(seqNo, 1))
                .indexIf("s", "right", seqNo(seqNo, 1))
                .deleteIf("s", seqNo(seqNo, 1))
                .deleteIf("s", seqNo(seqNo + 1, 1))
                .deleteIf("s", seqNo(seqNo + 2, 1))
                .indexIf("s", "its tombstone", seqNo(seqNo + 2, 1));
    }

    private void externalVersions() {
        log.indexIf("e", "ten", external(10, false))
                .indexIf("e", "ten again", external(10, false))
                .indexIf("e", "lower", external(9, true))
                .indexIf("e", "ten or more", external(10, true))
                .index("e", "own")
                .deleteIf("e", external(11, false))
                .deleteIf("e", external(20, false))
                .indexIf("e", "below the tombstone", external(15, false))
                .create("e", "after the tombstone")
                .indexIf("e0", "zero", external(0, false))
                .indexIf("e1", "largest", external(Long.MAX_VALUE - 1, true));
    }

    private void poison() {
        log.garbage().spanOutside("p");
        unknownField("p");
        unknownField("of another index");
        log.raw(log.takeLast().setIndexUuid(bytes("another index 16")).build().toByteArray());
        log.index("", "no id").index("x".repeat(513), "long id");
        log.add(LogRecord.newBuilder()).add(LogRecord.newBuilder().setTenant("empty"));
        write(DocumentOperation.newBuilder().setId("no action"));
        log.add(LogRecord.newBuilder()
                .setOperation(
                        DocumentOperation.newBuilder().setId("no op-id").setDelete(DeleteAction.getDefaultInstance())));
        WriterOp shortUuid = WriterOp.newBuilder().setWriterUuid(bytes("abc")).build();
        log.add(LogRecord.newBuilder()
                .setOperation(DocumentOperation.newBuilder()
                        .setId("short uuid")
                        .setOpId(OpId.newBuilder().setWriter(shortUuid))
                        .setDelete(DeleteAction.getDefaultInstance())));
        log.withMapping(2).index("p", "mapping to come").withMapping(1);
        log.add(LogRecord.newBuilder()
                .setMapping(MappingVersion.newBuilder().setVersion(5).setMapping(bytes("{\"properties\":7}"))));
        log.withMapping(5).index("p", "mapping that cannot be read").withMapping(1);
        document("p", "{\"title\":\"fine after all\"}");
    }

    private void partialUpdates() {
        log.update("u", upsert("{\"size\":1}"));
        log.add(LogRecord.newBuilder().setMapping(MappingWire.write(WITH_COLOR, ANALYSIS)));
        log.add(LogRecord.newBuilder().setMapping(MappingWire.write(MAPPING, AnalysisSettings.NONE)));
        log.withMapping(2).applyLogic(2).applyLogic(1);
        log.update("u", doc("{\"size\":1}"))
                .update("u", upsert("{ \"size\" : 1.0, \"title\":\"u\" }"))
                .update("u", doc("{\"size\":1.0}"))
                .update("u", doc("{\"size\":1}"))
                .update("u", doc("{\"size\":1}").setDetectNoop(false))
                .update("u", doc("{\"meta\":{\"color\":\"red\"}}"))
                .update("u", doc("{\"meta\":{\"color\":null},\"tag\":[\"b\",\"a\"]}"))
                .update("u", doc("{\"meta\":{\"color\":null},\"tag\":[\"b\",\"a\"]}"))
                .update("u", doc("{\"tag\":[\"a\"]}").setUpsert(bytes("{\"tag\":\"unused\"}")))
                .update("u", doc("{\"size\":\"none\"}"))
                .update("u", doc("{\"unknown\":1}"))
                .update("u", doc("[7]"))
                .update("u", upsert("{\"size\":2}"))
                .update("u", UpdateAction.newBuilder())
                .update("u", doc("{}"));
        log.update("v", doc("{\"tag\":\"v\"}").setDocAsUpsert(true))
                .updateIf("v", doc("{\"tag\":\"w\"}"), seqNo(0, 1))
                .update("v", doc("{\"tag\":\"w\"}").setDocAsUpsert(true))
                .delete("v")
                .update("v", doc("{\"tag\":\"w\"}"))
                .update("v", doc("{\"tag\":\"w\"}").setUpsert(bytes("{\"title\":\"w\"}")));
        log.update("r", doc("{\"tag\":\"keeps none\"}"))
                .routed("q", "routed", "green")
                .update("q", doc("{\"size\":5}"));
        log.mark();
    }

    private void repeats() {
        int first = (int) log.end();
        log.index("w", "once").create("w", "conflict");
        unknownField("w");
        log.delete("w");
        for (int again = 0; again < 4; again++) {
            log.again(first + again);
        }
        keyed("k", "key", 0, "{\"title\":\"keyed\"}");
        keyed("k", "key", 1, "{\"title\":\"other place\"}");
        keyed("k", "yek", 0, "{\"title\":\"other key\"}");
        keyed("l", "key", 0, "{\"title\":\"says something else\"}");
        log.mark();
    }

    private void droppedTombstones() {
        log.delete("t1").delete("t2");
        long last = appliedSeqNo();
        log.dropTombstones(last - 1).dropTombstones(3);
        log.index("t1", "from the start").index("t2", "goes on").mark();
    }

    /** A repeat is known as far back as outcomes reach, and no farther. */
    private void outOfReach() {
        int first = (int) log.end();
        log.index("far", "forgotten").delete("between").index("near", "remembered");
        while (log.end() < first + OutcomeReach.RECORDS + 1) {
            log.barrier("filler");
        }
        log.again(first).again(first + 2);
    }

    /** Of the last record, when it changed a document. */
    private long appliedSeqNo() {
        try (ShardCopy copy =
                ShardCopy.open(CrashingDirectory.newDisk(), TestLog.IDENTITY, CopySettings.DEFAULT, new LogSchemas())) {
            copy.apply(log.entries());
            return copy.nextSeqNo() - 1;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void document(String id, String json) {
        log.document(id, DocumentParser.parseKnown(MAPPING, id, json.getBytes(StandardCharsets.UTF_8)));
    }

    private void packed(String id, String json) {
        DocumentOperation.Builder operation =
                DocumentOperation.newBuilder().setId(id).setMappingVersion(1).setWrittenAtMillis(1_700_000_000_000L);
        DocumentWire.putPacked(
                operation,
                DocumentWire.pack(DocumentParser.parseKnown(MAPPING, id, json.getBytes(StandardCharsets.UTF_8))));
        write(operation);
    }

    private void unknownField(String id) {
        write(DocumentOperation.newBuilder()
                .setId(id)
                .setIndex(IndexAction.newBuilder()
                        .setSource(bytes("{\"none\":1}"))
                        .addFields(Field.newBuilder().setNumber(99).addWholes(1))));
    }

    private void keyed(String id, String key, int position, String json) {
        IdempotentOp op =
                IdempotentOp.newBuilder().setKey(key).setPosition(position).build();
        log.add(LogRecord.newBuilder()
                .setOperation(DocumentOperation.newBuilder()
                        .setId(id)
                        .setMappingVersion(1)
                        .setOpId(OpId.newBuilder().setIdempotent(op))
                        .setIndex(IndexAction.newBuilder().setSource(bytes(json)))));
    }

    /** By another writer than the log's. */
    private void write(DocumentOperation.Builder operation) {
        WriterOp op = WriterOp.newBuilder()
                .setWriterUuid(bytes("a writer of 16 B"))
                .setCounter(counter++)
                .build();
        log.add(LogRecord.newBuilder()
                .setOperation(operation.setOpId(OpId.newBuilder().setWriter(op))));
    }

    private static Condition seqNo(long seqNo, long term) {
        return Condition.newBuilder()
                .setSeqNo(SeqNoCondition.newBuilder().setSeqNo(seqNo).setPrimaryTerm(term))
                .build();
    }

    private static Condition external(long version, boolean orEqual) {
        return Condition.newBuilder()
                .setExternal(ExternalVersion.newBuilder().setVersion(version).setOrEqual(orEqual))
                .build();
    }

    private static Mapping mapping(long version, String json) {
        return MappingParser.parse(json.getBytes(StandardCharsets.UTF_8)).withVersion(version);
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
