"""What a workflow does when it ends well (the setting WAGTAIL_FINISH_WORKFLOW_ACTION).

Wagtail imports this module while its own models load, so it imports none: the task that ended the workflow publishes.
"""

from typing import Any


def publish_workflow_state(workflow_state: Any, user: Any = None) -> None:
    workflow_state.current_task_state.task.specific.publish(workflow_state, user=user)
