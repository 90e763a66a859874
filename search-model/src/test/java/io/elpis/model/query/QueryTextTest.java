package io.elpis.model.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {
    @ParameterizedTest
    @CsvSource({
        "2,4,2",
        "9,4,9",
        "150%,4,6",
        "-25%,3,3",
        "2 < 75%,2,2",
        "2 < 75%,4,3",
        "-1,4,3",
        "-9,4,0",
        "75%,4,3",
        "75%,5,3",
        "-25%,4,3",
        "-25%,5,4",
        "3<90%,3,3",
        "3<90%,10,9",
        "2<-25% 9<-3,2,2",
        "2<-25% 9<-3,8,6",
        "2<-25% 9<-3,10,7",
        "0%,4,0",
        "100%,0,0"
    })
    void minimumShouldMatchCountsAsOpenSearchDoes(String spec, int clauses, int expected) {
        assertThat(MinimumShouldMatch.isValid(spec)).isTrue();
        assertThat(MinimumShouldMatch.of(spec, clauses)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "75 %", "<2", "2<", "2<3 4"})
    void whatIsNoMinimumIsRefused(String spec) {
        assertThat(MinimumShouldMatch.isValid(spec)).isFalse();
    }

    @Test
    void wordsPhrasesAndFieldsAreRead() {
        QueryNode word = new QueryNode.Match("b", "hope", Operator.OR, null, null, false, ZeroTerms.NONE, 1f);
        QueryNode phrase = new QueryNode.MatchPhrase("t", "left in the box", 0, null, ZeroTerms.NONE, 1f);

        assertThat(QueryString.parse("hope t:\"left in the box\"", "b", Operator.OR))
                .isEqualTo(new QueryNode.Bool(List.of(), List.of(), List.of(word, phrase), List.of(), null, 1f));
        assertThat(QueryString.parse("*:*", null, Operator.OR)).isEqualTo(new QueryNode.MatchAll(1f));
        assertThat(QueryString.parse("hope", null, Operator.OR)).isInstanceOf(QueryNode.MultiMatch.class);
    }

    @Test
    void aMinimumOfAnyLengthIsReadOrRefused() {
        assertThat(MinimumShouldMatch.isValid("2<75% ".repeat(100))).isTrue();
        assertThat(MinimumShouldMatch.isValid("2<75% ".repeat(20_000))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a AND b", "ho*", "+a", "a:[1 TO 2]", "\"open", "a:", "x~2", "(a b)"})
    void whatGoesBeyondIsRefused(String text) {
        assertThatThrownBy(() -> QueryString.parse(text, null, Operator.OR))
                .isInstanceOf(ElpisException.class)
                .hasMessageStartingWith("Failed to parse query [" + text + "]");
    }
}
