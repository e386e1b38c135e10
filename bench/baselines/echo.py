"""The unchanged SDK that only acks: the fastest that a bot on the SDK can be.

`python -m bench.baselines.echo`, with the platform's address in DINGTALK_OPENAPI_ENDPOINT."""

from dingtalk_stream import AckMessage, CallbackHandler, CallbackMessage, Credential, DingTalkStreamClient


class Echo(CallbackHandler):
    """Acks."""

    async def process(self, message: CallbackMessage) -> tuple[int, str]:
        """Nothing else."""
        return AckMessage.STATUS_OK, "OK"


def main() -> None:
    """Listen until killed."""
    client = DingTalkStreamClient(Credential("bench", "secret"))
    client.register_callback_handler(CallbackHandler.TOPIC_CARD_CALLBACK, Echo())
    client.start_forever()


if __name__ == "__main__":
    main()
