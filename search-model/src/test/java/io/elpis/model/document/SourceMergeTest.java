package io.elpis.model.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.document.SourceMerge.Merged;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceMergeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                        | {'a':1}              | {'a':1}",
                "{ }                       | {'a':1,'b':[ 2 ]}    | {'a':1,'b':[ 2 ] }",
                "{'a':1}                   | {'b':{'c' : 2 }}     | {'a':1,'b':{'c' : 2 }}",
                "{'a' : 1.50 , 'b': 2}     | {'b':3}              | {'a' : 1.50 , 'b': 3}",
                "{'a':{'b':1, 'c':2}}      | {'a':{'c':3,'d':4}}  | {'a':{'b':1, 'c':3,'d':4}}",
                "{'a':{'b':{'c':1} } }     | {'a':{'b':{'d':2}}}  | {'a':{'b':{'c':1,'d':2} } }",
                "{'a':{}}                  | {'a':{'b':1}}        | {'a':{'b':1}}",
                "{'a':{'b':1}}             | {'a':[{'c':1}]}      | {'a':[{'c':1}]}",
                "{'a':[1,2,3],'z':0}       | {'a':[4]}            | {'a':[4],'z':0}",
                "{'a':[{'b':1}]}           | {'a':{'b':2}}        | {'a':{'b':2}}",
                "{'a':'x','b':true}        | {'a':null}           | {'a':null,'b':true}",
                "{'a':null}                | {'a':{'b':1}}        | {'a':{'b':1}}",
                "{'\\u0061':1}             | {'a':2}              | {'\\u0061':2}",
                "{'a.b':1}                 | {'a':{'b':2}}        | {'a.b':1,'a':{'b':2}}",
                "{'t':'}\\\"{','u':-1e-7}  | {'u':1}              | {'t':'}\\\"{','u':1}",
            })
    void membersAreMergedAndTheRestStays(String source, String partial, String expected) {
        Merged merged = merge(source, partial);
        assertThat(text(merged)).isEqualTo(quoted(expected));
        assertThat(merged.changed()).isTrue();
        assertThat(SourceMerge.merge(merged.source(), quoted(partial).getBytes(UTF_8)))
                .satisfies(again -> assertThat(again.changed()).isFalse())
                .satisfies(again -> assertThat(text(again)).isEqualTo(quoted(expected)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}                          | {}",
                "{'a':{'b':1}}                    | {'a':{}}",
                "{'a':1.0}                        | {'a':1.00}",
                "{'a':1e2}                        | {'a':100.0}",
                "{'a':'A'}                        | {'a':'\\u0041'}",
                "{'a':[{'b':1,'c':null}]}         | {'a':[ {'c':null,'b':1} ]}",
                "{'a':123456789012345678901234}   | {'a':123456789012345678901234}",
                "{'a':null}                       | {'a':null}",
            })
    void equalValuesChangeNothing(String source, String partial) {
        assertThat(merge(source, partial).changed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}        | {'a':1.0}",
                "{'a':1}        | {'a':'1'}",
                "{'a':[1,2]}    | {'a':[2,1]}",
                "{'a':0}        | {'a':null}",
                "{'a':0}        | {'a':false}",
                "{}             | {'a':null}",
                "{'a':[{}]}     | {'a':[{'b':null}]}",
                "{'a':[{'b':1,'c':2}]} | {'a':[{'c':2,'b':3}]}",
                "{'a':[{'b':1}]} | {'a':[{'b':1,'c':2}]}",
                "{'a':[{'b':1,'c':2}]} | {'a':[{'c':2}]}",
                "{'a':{'b':1}}  | {'a':[]}",
                "{'a':7}        | {'a':123456789012345678901234}",
            })
    void unequalValuesChangeTheDocument(String source, String partial) {
        assertThat(merge(source, partial).changed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "null", "{", "{'a':}", "{'a':1}}", "{} {}", "{'a':1,'a':2}", "\uFEFF{}x"})
    void whatIsNoObjectIsRefused(String bad) {
        assertRefused("{'a':1}", bad);
        assertRefused(bad, "{'a':2}");
    }

    @Test
    void aNameTwiceIsRefusedWhereItIsLookedAt() {
        assertRefused("{'o':{'a':1,'a':2}}", "{'o':{'b':1}}");
        assertRefused("{'o':1}", "{'o':{'a':1,'a':2}}");
        assertThat(text(merge("{'o':{'a':1,'a':2}}", "{'b':1}"))).isEqualTo(quoted("{'o':{'a':1,'a':2},'b':1}"));
    }

    @Test
    void onlyUtf8IsJson() {
        byte[] wide = "{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> SourceMerge.merge(wide, "{}".getBytes(UTF_8))).isInstanceOf(ElpisException.class);
    }

    @Test
    void depthIsBounded() {
        String deep = "{'a':".repeat(400) + "1" + "}".repeat(400);
        String other = "{'a':".repeat(400) + "2" + "}".repeat(400);
        assertThat(text(merge(deep, other))).isEqualTo(quoted(other));
        String deeper = "{'a':".repeat(100_000) + "1" + "}".repeat(100_000);
        assertRefused(deep, deeper);
        assertRefused(deeper, deep);
        assertRefused("{'a':[]}", "{'a':" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    }

    @Test
    void largeValuesAreComparedInTheirOrderOnly() {
        String many = "{'b':7.50,'c':[]},".repeat(100_000);
        String partial = "{'a':[" + many.replace("7.50", "7.5") + "0]}";
        assertThat(merge("{'a':[" + many + "0]}", partial).changed()).isFalse();
        assertThat(merge("{'a':[" + many + "1]}", partial).changed()).isTrue();
        assertThat(merge("{'a':[" + many.replace("'b':7.50,'c':[]", "'c':[],'b':7.50") + "0]}", partial)
                        .changed())
                .isTrue();
    }

    @Test
    void manyMembersTakeLinearTime() {
        StringBuilder source = new StringBuilder("{\"x\":0");
        StringBuilder partial = new StringBuilder("{\"y\":0");
        for (int at = 0; at < 100_000; at++) {
            source.append(",\"m").append(at).append("\":").append(at);
            partial.append(",\"m").append(at + 50_000).append("\":-1");
        }
        Merged merged = merge(source.append('}').toString(), partial.append('}').toString());
        assertThat(text(merged)).endsWith(",\"m149999\":-1}").startsWith("{\"x\":0,\"m0\":0");
    }

    private static void assertRefused(String source, String partial) {
        assertThatThrownBy(() -> merge(source, partial))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MAPPER_PARSING));
    }

    private static Merged merge(String source, String partial) {
        return SourceMerge.merge(quoted(source).getBytes(UTF_8), quoted(partial).getBytes(UTF_8));
    }

    private static String text(Merged merged) {
        return new String(merged.source(), UTF_8);
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }
}
