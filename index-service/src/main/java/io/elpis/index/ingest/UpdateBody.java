package io.elpis.index.ingest;

import io.elpis.model.body.BodyReader;
import io.elpis.model.error.ElpisException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * What the body of an update says; absent members are null. The documents in it are not parsed here, only found.
 *
 * @param detectNoop true unless told otherwise
 */
record UpdateBody(
        @Nullable BodyPart doc,
        @Nullable BodyPart upsert,
        @Nullable Boolean docAsUpsert,
        boolean detectNoop,
        @Nullable Long ifSeqNo,
        @Nullable Long ifPrimaryTerm) {

    /**
     * @param body an empty one says nothing
     * @throws ElpisException PARSING with the place, counted from the beginning of the part
     */
    static UpdateBody parse(BodyPart body) {
        Reading reading = new Reading(body);
        try (BodyReader in = new BodyReader(body.bytes(), body.offset(), body.length())) {
            if (in.startsObject()) {
                reading.members(in);
                in.expectEnd();
            }
        }
        return new UpdateBody(
                reading.doc,
                reading.upsert,
                reading.docAsUpsert,
                reading.detectNoop,
                reading.ifSeqNo,
                reading.ifPrimaryTerm);
    }

    private static final class Reading {
        private final BodyPart body;
        private final Set<String> seen = new HashSet<>();
        private @Nullable BodyPart doc;
        private @Nullable BodyPart upsert;
        private @Nullable Boolean docAsUpsert;
        private boolean detectNoop = true;
        private @Nullable Long ifSeqNo;
        private @Nullable Long ifPrimaryTerm;

        Reading(BodyPart body) {
            this.body = body;
        }

        void members(BodyReader in) {
            String name;
            while ((name = in.nextMember()) != null) {
                if (!seen.add(name)) {
                    throw in.mistake("Duplicate field '" + name + "'");
                }
                member(in, name);
            }
        }

        private void member(BodyReader in, String name) {
            switch (name) {
                case "doc" -> doc = document(in, name);
                case "upsert" -> upsert = document(in, name);
                case "doc_as_upsert" -> docAsUpsert = in.flag(name);
                case "detect_noop" -> detectNoop = in.flag(name);
                case "if_seq_no" -> ifSeqNo = number(in, name);
                case "if_primary_term" -> ifPrimaryTerm = number(in, name);
                case "script", "scripted_upsert" ->
                    throw in.mistake("[UpdateRequest] [" + name + "] is not supported, there are no scripts;"
                            + " use [doc] and [upsert]");
                case "_source" ->
                    throw in.mistake("[UpdateRequest] [_source] is not supported, an update does not return the"
                            + " document; get it afterwards");
                default -> throw in.mistake("[UpdateRequest] unknown field [" + name + "]");
            }
        }

        private BodyPart document(BodyReader in, String name) {
            if (!in.isAt(JsonToken.START_OBJECT)) {
                throw unfit(in, name);
            }
            int start = in.valueStart();
            return new BodyPart(body.bytes(), body.offset() + start, in.valueEnd() - start);
        }

        private static long number(BodyReader in, String name) {
            if (!in.fitsLong()) {
                throw unfit(in, name);
            }
            return in.wholeNumber();
        }

        private static ElpisException unfit(BodyReader in, String name) {
            return in.mistake("[UpdateRequest] " + name + " doesn't support values of type: " + in.tokenName());
        }
    }
}
