"""The pictures of every service, and what each is called."""

from goldthread.kernel.picture import Picture, Service
from goldthread.kernel.pictures import adoption, care, front_door, leavers, protection, workforce

SERVICES: dict[Service, str] = {
    Service.FRONT_DOOR: "Front door and early help",
    Service.ASSESSMENT: "Assessment and children in need",
    Service.PROTECTION: "Child protection",
    Service.CARE: "Children in care",
    Service.LEAVERS: "Care leavers",
    Service.ADOPTION: "Adoption and fostering",
    Service.WORKFORCE: "Workforce",
}

PICTURES: tuple[Picture, ...] = (
    *front_door.PICTURES,
    *protection.PICTURES,
    *care.PICTURES,
    *leavers.PICTURES,
    *adoption.PICTURES,
    *workforce.PICTURES,
)


def of_service(service: Service) -> tuple[Picture, ...]:
    """The pictures of one service, in the order in which its page shows them."""
    return tuple(picture for picture in PICTURES if picture.service is service)


__all__ = ["PICTURES", "SERVICES", "of_service"]
