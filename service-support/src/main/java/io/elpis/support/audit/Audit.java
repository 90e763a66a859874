package io.elpis.support.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes the audit trail. Names come from callers, so what could forge a line is taken out of them. */
public final class Audit {
    private static final Logger log = LoggerFactory.getLogger("io.elpis.audit");
    private static final int LONGEST = 100;

    public void done(String actor, String act, String target) {
        line(actor, act, target).log("done");
    }

    public void refused(String actor, String act, String target) {
        line(actor, act, target).log("refused");
    }

    private static LoggingEventBuilder line(String actor, String act, String target) {
        return log.atInfo()
                .addKeyValue("actor", plain(actor))
                .addKeyValue("act", act)
                .addKeyValue("target", plain(target));
    }

    public static String plain(String name) {
        String shortened = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
        return shortened.replaceAll("[\\p{Cntrl}\"=\\s]", "_");
    }
}
