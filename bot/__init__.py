"""The process: wiring, the DingTalk transport, delivery, the console."""
