package io.elpis.index.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.http.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

final class TableTest {

    private static List<String> names(String sort) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/_cat/indices");
        request.setQueryString("h=index&s=" + sort);
        request.setParameter("h", "index");
        request.setParameter("s", sort);
        Table table = new Table("index", "docs.count");
        table.row("a", 100);
        table.row("b", 9);
        table.row("c", null);
        table.row("d", 20);
        byte[] body = table.answer(Parameters.of(request, Table.PARAMETERS)).getBody();
        return new String(Objects.requireNonNull(body), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void numbersAreSortedByValue() {
        assertThat(names("docs.count")).containsExactly("b", "d", "a", "c");
        assertThat(names("docs.count:desc")).containsExactly("c", "a", "d", "b");
        assertThat(names("index:desc")).containsExactly("d", "c", "b", "a");
    }
}
