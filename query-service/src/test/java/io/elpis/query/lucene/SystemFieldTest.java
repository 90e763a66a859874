package io.elpis.query.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.schema.MetadataFields;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

final class SystemFieldTest {
    /** Else a document could bring a field of that name, which would break the shard or hide documents. */
    @Test
    void noFieldOfAnIndexCanHaveItsName() throws IllegalAccessException {
        int names = 0;
        for (Field field : SystemField.class.getDeclaredFields()) {
            if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
                assertThat(MetadataFields.reserve((String) field.get(null)))
                        .as(field.getName())
                        .isTrue();
                names++;
            }
        }
        assertThat(names).isGreaterThanOrEqualTo(9);
    }
}
