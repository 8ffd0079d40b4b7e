// Command sillon is the server of Sillon in one file: it synchronises tablets,
// keeps accounts and serves the application itself.
//
//	sillon serve     run the server
//	sillon demo      run it with a fictional team, on data of its own
//	sillon user      add, list and disable users, set passwords
//	sillon backup    copy the database while the server runs
//	sillon restore   put a copy back
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // set-up checks time zones on machines that have none
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], env{os.Stdin, os.Stdout, os.Stderr, os.LookupEnv})
	stop()
	os.Exit(code)
}

// env is the world around a command.
type env struct {
	in       io.Reader
	out, err io.Writer
	lookup   func(string) (string, bool)
}

// A command is one word of the command line.
type command struct {
	name, args, short string
	run               func(ctx context.Context, args []string, e env) error
}

func commands() []command {
	return []command{
		{"serve", "", "run the server", serve},
		{"demo", "", "run the server with a fictional team", demoServe},
		{"user", "add|passwd|disable|enable|list", "who may sign in", user},
		{"backup", "FILE", "copy the database into FILE, also while the server runs", backup},
		{"restore", "FILE", "replace the database by a copy", restore},
	}
}

// run is main with its inputs as arguments. It returns the exit code: 0, 1
// when something failed, 2 when the command was not understood.
func run(ctx context.Context, args []string, e env) int {
	if len(args) == 0 {
		usage(e.err)
		return 2
	}
	if h := args[0]; h == "-h" || h == "-help" || h == "--help" || h == "help" {
		usage(e.out)
		return 0
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		err := c.run(ctx, args[1:], e)
		var bad usageError
		switch {
		case errors.Is(err, flag.ErrHelp):
			return 0
		case errors.As(err, &bad):
			fmt.Fprintf(e.err, "sillon %s: %v\nRun 'sillon %s -h' for help.\n", c.name, err, c.name)
			return 2
		case err != nil:
			fmt.Fprintf(e.err, "sillon: %v\n", err)
			return 1
		}
		return 0
	}
	fmt.Fprintf(e.err, "sillon: unknown command %q\n", args[0])
	usage(e.err)
	return 2
}

func usage(w io.Writer) {
	fmt.Fprint(w, `Sillon: the notebook of field sales reps, which works without network.

Usage: sillon COMMAND [flags]

`)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-8s %s\n", c.name, c.short)
	}
	fmt.Fprint(w, `
'sillon COMMAND -h' tells more. To try it out: sillon demo
`)
}

// usageError is a mistake of the command line.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

// flags makes a flag set that reads defaults from the environment: -addr from
// SILLON_ADDR, -behind-tls from SILLON_BEHIND_TLS.
func flags(name, args, long string, e env) *flag.FlagSet {
	fs := flag.NewFlagSet("sillon "+name, flag.ContinueOnError)
	fs.SetOutput(e.out)
	fs.Usage = func() {
		fmt.Fprintf(e.out, "Usage: sillon %s [flags] %s\n\n%s\n\nFlags, each also as a variable of the environment (-addr is SILLON_ADDR):\n", name, args, strings.TrimSpace(long))
		fs.PrintDefaults()
	}
	return fs
}

// parse reads the environment, then the command line, which wins.
func parse(fs *flag.FlagSet, args []string, e env, want int) error {
	var err error
	fs.VisitAll(func(f *flag.Flag) {
		key := "SILLON_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if v, ok := e.lookup(key); ok && err == nil {
			if e := fs.Set(f.Name, v); e != nil {
				err = usageError{fmt.Sprintf("%s: %v", key, e)}
			}
		}
	})
	if err != nil {
		return err
	}
	help := fs.Usage
	fs.Usage = func() {} // or every mistake prints it
	fs.SetOutput(io.Discard)
	perr := fs.Parse(args)
	fs.SetOutput(e.out)
	fs.Usage = help
	if errors.Is(perr, flag.ErrHelp) {
		fs.Usage()
		return perr
	}
	if perr != nil {
		return usageError{perr.Error()}
	}
	if fs.NArg() != want {
		return usageError{fmt.Sprintf("want %d arguments, got %d", want, fs.NArg())}
	}
	return nil
}
