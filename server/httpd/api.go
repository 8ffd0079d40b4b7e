package httpd

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/auth"
	"sillon/server/hub"
)

// cookieName is that of the session. The prefix binds it to this host and to
// TLS; on plain http, which is loopback only, WebKit would drop it.
func (s *server) cookieName() string {
	if s.Secure {
		return "__Host-sillon"
	}
	return "sillon"
}

func (s *server) setCookie(w http.ResponseWriter, ref string, life time.Duration) {
	c := &http.Cookie{Name: s.cookieName(), Value: ref, Path: "/", Secure: s.Secure, HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: int(life / time.Second)}
	if ref == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

func (s *server) ref(r *http.Request) string {
	c, err := r.Cookie(s.cookieName())
	if err != nil {
		return ""
	}
	return c.Value
}

// session returns who speaks, or answers that somebody must sign in.
func (s *server) session(w http.ResponseWriter, r *http.Request) (hub.Session, bool) {
	now := s.nowMS()
	got, next, err := s.Sessions.Check(r.Context(), s.ref(r), now)
	switch {
	case errors.Is(err, auth.ErrReused):
		s.Log.Warn("a replaced session came back: its family ended", "event", "session-reuse", "tenant", got.Tenant, "user", got.User)
		fallthrough
	case errors.Is(err, auth.ErrEnded):
		if s.ref(r) != "" {
			s.setCookie(w, "", 0)
		}
		fail(w, http.StatusUnauthorized, wire.CodeSignIn, "sign in", 0)
		return hub.Session{}, false
	case err != nil:
		s.answer(w, r, err)
		return hub.Session{}, false
	}
	if next != "" {
		s.setCookie(w, next, auth.Absolute-time.Duration(now-got.Began)*time.Millisecond)
	}
	return hub.Session{Tenant: got.Tenant, User: got.User, Device: got.Device}, true
}

// network is where a request comes from, for counting tries.
func (s *server) network(r *http.Request) string {
	if f := r.Header.Values("X-Forwarded-For"); s.Proxied && len(f) > 0 {
		all := strings.Split(f[len(f)-1], ",") // the last is the proxy's own word
		return auth.Network(all[len(all)-1])
	}
	return auth.Network(r.RemoteAddr)
}

func (s *server) signIn(w http.ResponseWriter, r *http.Request, _ hub.Session) {
	var in wire.SignIn
	if err := read(w, r, &in); err != nil {
		s.answer(w, r, err)
		return
	}
	in.Login = strings.TrimSpace(in.Login)
	if in.Device.IsZero() || in.Login == "" || len(in.Login) > 200 || len(in.Password) > 4*auth.MaxPassword {
		fail(w, http.StatusBadRequest, wire.CodeBadRequest, "sign-in needs a login, a password and a device", 0)
		return
	}
	now, net := s.nowMS(), s.network(r)
	if wait := s.throttle.Wait(in.Login, net, now); wait > 0 {
		s.Log.Warn("sign-in throttled", "event", "sign-in-throttled")
		fail(w, http.StatusTooManyRequests, wire.CodeBusy, "too many tries", seconds(wait))
		return
	}
	acc, err := s.Sessions.SignIn(r.Context(), in.Login, in.Password)
	if errors.Is(err, auth.ErrWrong) {
		s.Log.Warn("sign-in failed", "event", "sign-in-failed")
		fail(w, http.StatusUnauthorized, wire.CodeSignIn, "wrong login or password", 0)
		return
	}
	if errors.Is(err, auth.ErrOff) {
		s.Log.Warn("sign-in of a disabled user", "event", "sign-in-disabled")
		fail(w, http.StatusForbidden, wire.CodeForbidden, "the account is disabled", 0)
		return
	}
	if err != nil {
		s.answer(w, r, err)
		return
	}
	s.throttle.Forgive(in.Login, net)
	s.open(w, r, acc, in.Device)
}

// open starts a session and answers who it is.
func (s *server) open(w http.ResponseWriter, r *http.Request, acc auth.Account, device portfolio.ID) {
	now := s.nowMS()
	me, err := s.Hub.Me(r.Context(), hub.Session{Tenant: acc.Tenant, User: acc.User, Device: device}, now)
	if err != nil {
		s.answer(w, r, err)
		return
	}
	if err := s.Sessions.End(r.Context(), s.ref(r)); err != nil { // never continue a session that was there before
		s.answer(w, r, err)
		return
	}
	ref, err := s.Sessions.Open(r.Context(), acc, device, now)
	if err != nil {
		s.answer(w, r, err)
		return
	}
	if err := s.Hub.Note(r.Context(), acc.Tenant, hub.Event{At: now, User: acc.User, What: "sign-in", On: device.String()}); err != nil {
		s.answer(w, r, err)
		return
	}
	s.Log.Info("signed in", "event", "sign-in", "tenant", acc.Tenant, "user", acc.User)
	s.setCookie(w, ref, auth.Absolute)
	s.send(w, r, http.StatusOK, me)
}

func (s *server) send(w http.ResponseWriter, r *http.Request, status int, message any) {
	if err := write(w, r, status, message); err != nil {
		s.answer(w, r, err)
	}
}

func (s *server) signOut(w http.ResponseWriter, r *http.Request, _ hub.Session) {
	if err := s.Sessions.End(r.Context(), s.ref(r)); err != nil {
		s.answer(w, r, err)
		return
	}
	s.setCookie(w, "", 0)
	w.WriteHeader(http.StatusNoContent)
}

func (s *server) me(w http.ResponseWriter, r *http.Request, who hub.Session) {
	me, err := s.Hub.Me(r.Context(), who, s.nowMS())
	if err != nil {
		s.answer(w, r, err)
		return
	}
	s.send(w, r, http.StatusOK, me)
}

func (s *server) sync(w http.ResponseWriter, r *http.Request, who hub.Session) {
	if wait := s.bucket.Take(who, s.nowMS()); wait > 0 {
		fail(w, http.StatusTooManyRequests, wire.CodeBusy, "too many requests", seconds(wait))
		return
	}
	var req wire.Request
	if err := read(w, r, &req); err != nil {
		s.answer(w, r, err)
		return
	}
	if !s.still(w, r) {
		return
	}
	ans, err := s.Hub.Sync(r.Context(), who, &req, s.nowMS())
	switch {
	case errors.Is(err, hub.ErrUpgrade):
		problem(w, http.StatusUpgradeRequired, wire.Problem{Code: wire.CodeUpgrade, Text: "this version may push but not pull", Answer: ans})
	case err != nil:
		s.answer(w, r, err)
	default:
		s.send(w, r, http.StatusOK, ans)
	}
}

// still asks for the session again: the body took its time on the road, and
// somebody may have ended it meanwhile.
func (s *server) still(w http.ResponseWriter, r *http.Request) bool {
	err := s.Sessions.Alive(r.Context(), s.ref(r), s.nowMS())
	if errors.Is(err, auth.ErrEnded) {
		fail(w, http.StatusUnauthorized, wire.CodeSignIn, "sign in", 0)
		return false
	}
	if err != nil {
		s.answer(w, r, err)
		return false
	}
	return true
}

// setupToken is good once, on a server without users.
type setupToken struct {
	mu    sync.Mutex
	value string
}

func (s *server) setup(w http.ResponseWriter, r *http.Request, _ hub.Session) {
	var in wire.Setup
	if err := read(w, r, &in); err != nil {
		s.answer(w, r, err)
		return
	}
	if wait := s.throttle.Wait("\x00setup", s.network(r), s.nowMS()); wait > 0 {
		fail(w, http.StatusTooManyRequests, wire.CodeBusy, "too many tries", seconds(wait))
		return
	}
	s.token.mu.Lock()
	defer s.token.mu.Unlock()
	if s.token.value == "" || subtle.ConstantTimeCompare([]byte(in.Token), []byte(s.token.value)) != 1 {
		s.Log.Warn("set-up refused", "event", "setup-refused")
		fail(w, http.StatusForbidden, wire.CodeForbidden, "the set-up link is not valid, or was used", 0)
		return
	}
	in.Login, in.Name, in.Org = strings.TrimSpace(in.Login), strings.TrimSpace(in.Name), strings.TrimSpace(in.Org)
	if err := checkSetup(in); err != nil {
		fail(w, http.StatusBadRequest, wire.CodeBadRequest, err.Error(), 0)
		return
	}
	f := hub.Founding{
		Org:   portfolio.Org{Name: in.Org, Currency: in.Currency, Locale: in.Locale, TimeZone: in.TimeZone, FiscalFrom: 1},
		OrgID: s.NewID(), TeamID: s.NewID(), AdminID: s.NewID(), Team: "Équipe",
		Name: in.Name, Login: in.Login, Hash: auth.HashPassword(in.Password),
	}
	if in.Locale == "en" {
		f.Team = "Team"
	}
	at, err := s.Hub.FoundFirst(r.Context(), f, s.nowMS())
	if errors.Is(err, hub.ErrNotEmpty) {
		s.token.value = ""
		fail(w, http.StatusForbidden, wire.CodeForbidden, "the server has users already", 0)
		return
	}
	if err != nil {
		s.answer(w, r, err)
		return
	}
	s.token.value = ""
	s.throttle.Forgive("\x00setup", s.network(r))
	s.Log.Info("organisation created", "event", "setup", "tenant", at.Tenant)
	acc := auth.Account{Tenant: at.Tenant, User: at.User}
	if !in.Device.IsZero() {
		s.open(w, r, acc, in.Device)
		return
	}
	s.me(w, r, hub.Session{Tenant: acc.Tenant, User: acc.User})
}

// checkSetup says what is missing.
func checkSetup(in wire.Setup) error {
	switch {
	case in.Org == "" || in.Name == "" || in.Login == "":
		return errors.New("organisation, name and login are needed")
	case len(in.Login) > 200:
		return errors.New("login is too long")
	case len(in.Currency) != 3 || strings.ToUpper(in.Currency) != in.Currency:
		return errors.New("currency is a code of three capitals")
	case in.Locale != "fr" && in.Locale != "en":
		return errors.New("language is fr or en")
	}
	if _, err := time.LoadLocation(in.TimeZone); err != nil || in.TimeZone == "" || in.TimeZone == "Local" {
		return errors.New("time zone is not known")
	}
	if err := auth.Acceptable(in.Password, in.Login); err != nil {
		return err
	}
	f, err := portfolio.ToFields(portfolio.User{Name: in.Name, Login: in.Login})
	if err != nil {
		return err
	}
	if err := portfolio.Validate(portfolio.KindUser, f); err != nil {
		return err
	}
	if f, err = portfolio.ToFields(portfolio.Org{Name: in.Org}); err != nil {
		return err
	}
	return portfolio.Validate(portfolio.KindOrg, f)
}
