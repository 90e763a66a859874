package io.elpis.query.lucene;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.Map;
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
        super(new RefusingAnalyzer(analyzer));
        this.allowance = allowance;
    }

    /** @throws ElpisException ILLEGAL_ARGUMENT when the analyzer refuses the text */
    @Override
    protected @Nullable Query createFieldQuery(
            Analyzer analyzer, Occur operator, String field, String text, boolean quoted, int slop) {
        try {
            return allowance.<@Nullable Query>analyze(
                    text, () -> super.createFieldQuery(analyzer, operator, field, text, quoted, slop));
        } catch (TextRefused refused) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "the text sought in field [" + field + "] cannot be analyzed: " + refused.getMessage(),
                    Map.of(),
                    refused);
        }
    }

    @Override
    protected @Nullable Query createFieldQuery(
            TokenStream tokens, Occur operator, String field, boolean quoted, int slop) {
        return super.createFieldQuery(new AllowedTokens(tokens, allowance), operator, field, quoted, slop);
    }
}
