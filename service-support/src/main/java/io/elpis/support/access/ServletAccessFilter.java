package io.elpis.support.access;

import io.elpis.model.error.ElpisException;
import io.elpis.support.error.ErrorBody;
import io.elpis.support.identity.Caller;
import io.elpis.support.identity.TokenVerifier;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** The whole of a servlet service's security chain: verify, check the rule, go on. */
final class ServletAccessFilter extends OncePerRequestFilter {
    private final AccessRules rules;
    private final TokenVerifier verifier;

    ServletAccessFilter(AccessRules rules, TokenVerifier verifier) {
        this.rules = rules;
        this.verifier = verifier;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            Requirement requirement = rules.requirement(request.getMethod(), request.getRequestURI());
            if (!(requirement instanceof Requirement.Open)) {
                Caller caller = verifier.verify(AccessRules.bearer(request.getHeader("Authorization")));
                AccessRules.check(requirement, caller);
                request.setAttribute(Callers.ATTRIBUTE, caller);
                SecurityContextHolder.setContext(new SecurityContextImpl(new CallerAuthentication(caller)));
            }
        } catch (ElpisException refusal) {
            refuse(response, refusal);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private static void refuse(HttpServletResponse response, ElpisException refusal) throws IOException {
        byte[] body = ErrorBody.of(refusal);
        response.setStatus(refusal.code().httpStatus());
        response.setContentType(ErrorBody.CONTENT_TYPE);
        response.setContentLength(body.length);
        ErrorBody.headers(refusal.code()).forEach(response::setHeader);
        response.getOutputStream().write(body);
    }
}
