"""A DingTalk on one's own machine: gateway, OpenAPI, a chat page. Imports nothing of the product."""
