package io.elpis.launcher.find;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class TextFieldsTest {

    @Test
    void textsThatCannotBeSearchedAreLeftOut() {
        assertThat(TextFields.in(JsonMapper.shared().readTree("""
                {"books": {"mappings": {"properties": {
                    "title": {"type": "text"},
                    "raw": {"type": "text", "index": false},
                    "year": {"type": "long"},
                    "author": {"properties": {"name": {"type": "text"}}}}}}}"""))).containsExactly("title", "author.name");
    }
}
