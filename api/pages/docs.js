"use strict";
// `validatorUrl: null`: Swagger UI would otherwise ask a server elsewhere whether the document is well formed.
SwaggerUIBundle({ url: "/openapi.json", dom_id: "#api", deepLinking: true, tryItOutEnabled: true, validatorUrl: null });
