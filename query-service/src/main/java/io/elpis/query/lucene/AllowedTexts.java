package io.elpis.query.lucene;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.QueryBuilder;
import org.jspecify.annotations.Nullable;

/** Makes queries of the texts that an allowance lets through. */
final class AllowedTexts extends QueryBuilder {
    private final TextAllowance allowance;

    AllowedTexts(Analyzer analyzer, TextAllowance allowance) {
        super(analyzer);
        this.allowance = allowance;
    }

    @Override
    protected @Nullable Query createFieldQuery(
            Analyzer analyzer, Occur operator, String field, String text, boolean quoted, int slop) {
        allowance.analyze(text);
        return super.createFieldQuery(analyzer, operator, field, text, quoted, slop);
    }

    @Override
    protected @Nullable Query createFieldQuery(
            TokenStream tokens, Occur operator, String field, boolean quoted, int slop) {
        return super.createFieldQuery(new AllowedTokens(tokens, allowance), operator, field, quoted, slop);
    }
}
