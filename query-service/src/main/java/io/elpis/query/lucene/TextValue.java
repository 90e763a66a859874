package io.elpis.query.lucene;

import io.elpis.analysis.budget.KeptTokens;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;

/** One text of a document, whose tokens are counted on their way into the index. */
final class TextValue extends Field {
    TextValue(String name, String text, FieldType type) {
        super(name, text, type);
    }

    @Override
    public TokenStream tokenStream(Analyzer analyzer, TokenStream reuse) {
        return new KeptTokens(super.tokenStream(analyzer, reuse));
    }
}
